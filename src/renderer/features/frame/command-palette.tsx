import { useEffect, useRef, useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components';
import { Icon } from '../../components/icon.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { SCREENS } from '../../routing/place.ts';
import { goTo } from '../../routing/use-place.ts';
import { useTour } from '../tour/tour-context.tsx';

const SHOWN_STUDENTS = 12;

function Choices({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords();
  const [text, setText] = useState('');
  const tour = useTour();
  const starting = useRef<() => void>(null);
  // Only once the palette is gone: until then it holds the focus.
  useEffect(() => () => starting.current?.(), []);
  const needle = text.trim().toLocaleLowerCase();
  const { data } = useRoute('students.find', { text: needle, limit: SHOWN_STUDENTS });
  const students = data?.students ?? [];
  const filled = (useRoute('system.status', {}).data?.gradebook.students ?? 0) > 0;
  const offersTour = filled && t('tour.start').toLocaleLowerCase().includes(needle);
  const screens = SCREENS.filter((screen) => t(`rail.${screen}`).toLocaleLowerCase().includes(needle));

  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField
        className="palette-field"
        aria-label={t('palette.title')}
        autoFocus
        onKeyDown={(event) => {
          // Escape leaves at once, instead of emptying the field first.
          if (event.key === 'Escape') onClose();
          else event.continuePropagation();
        }}
      >
        <Icon name="search" />
        <Input className="palette-input" placeholder={t('palette.placeholder')} />
      </SearchField>
      <Menu
        className="options palette-options"
        aria-label={t('palette.title')}
        renderEmptyState={() => <p className="note palette-empty">{t('palette.nothing')}</p>}
        onAction={(key) => {
          const [kind, ...rest] = String(key).split(' ');
          if (kind === 'student') goTo({ screen: 'student', studentId: rest.join(' '), view: 'path' });
          const screen = SCREENS.find((candidate) => kind === 'screen' && candidate === rest[0]);
          if (screen !== undefined) goTo({ screen });
          if (kind === 'tour') starting.current = tour.start;
          onClose();
        }}
      >
        {needle === '' || students.length === 0 ? null : (
          <MenuSection>
            <Header className="options-header">{t('palette.students')}</Header>
            {students.map((student) => (
              <MenuItem key={student.id} id={`student ${student.id}`} textValue={student.name} className="option">
                <Icon name="students" size={18} />
                <span className="option-label">{student.name}</span>
              </MenuItem>
            ))}
          </MenuSection>
        )}
        {screens.length === 0 ? null : (
          <MenuSection>
            <Header className="options-header">{t('palette.screens')}</Header>
            {screens.map((screen) => (
              <MenuItem key={screen} id={`screen ${screen}`} textValue={t(`rail.${screen}`)} className="option">
                <Icon name={screen} size={18} />
                <span className="option-label">{t(`rail.${screen}`)}</span>
              </MenuItem>
            ))}
          </MenuSection>
        )}
        {offersTour ? (
          <MenuSection>
            <Header className="options-header">{t('tour.actions')}</Header>
            <MenuItem id="tour" textValue={t('tour.start')} className="option">
              <Icon name="arrow" size={18} />
              <span className="option-label">{t('tour.start')}</span>
            </MenuItem>
          </MenuSection>
        ) : null}
      </Menu>
    </Autocomplete>
  );
}

/** Ctrl/⌘ K: straight to a student or a screen. */
export function CommandPalette({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useWords();
  return (
    <ModalOverlay
      className="overlay overlay-palette"
      isOpen={open}
      isDismissable
      onOpenChange={(now) => {
        if (!now) onClose();
      }}
    >
      <Modal className="modal modal-palette">
        <Dialog className="palette" aria-label={t('palette.title')}>
          <Choices onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
