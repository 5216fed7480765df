import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { Problem } from '../../components/states.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { useAction } from '../../data/use-action.ts';
import { useWords } from '../../i18n/use-words.ts';

/** The course's map as a file that comes in again without loss. */
export function MapExport() {
  const { api } = useApplication();
  const { t } = useWords();
  const make = useAction('skills.export');
  return (
    <>
      <MenuTrigger>
        <Button icon="save" isPending={make.busy}>
          {t('skillsEdit.export')}
        </Button>
        <Popover className="popover" placement="bottom end">
          <Menu
            className="options"
            aria-label={t('skillsEdit.export')}
            onAction={(format) =>
              void make.run({ format: format === 'csv' ? 'csv' : 'case' }).then((file) => {
                if (file !== undefined) void api.saveFile(file.fileId);
              })
            }
          >
            <MenuItem id="csv" className="option">
              {t('skillsEdit.exportCsv')}
            </MenuItem>
            <MenuItem id="case" className="option">
              {t('skillsEdit.exportCase')}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {make.error === undefined ? null : <Problem failure={make.error} />}
    </>
  );
}
